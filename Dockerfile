# Three stages: browser scripts, Python packages, and what runs. Every RUN works by hand, too.

FROM node:22-bookworm-slim AS scripts
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund

FROM python:3.13-slim-bookworm AS packages
WORKDIR /app
RUN pip install --no-cache-dir "uv>=0.13,<0.14"
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-default-groups

FROM python:3.13-slim-bookworm
RUN apt-get update \
	&& apt-get install --yes --no-install-recommends \
		fontconfig fonts-dejavu-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
	&& rm -rf /var/lib/apt/lists/* \
	&& useradd --system --uid 10001 --user-group --create-home waymark \
	&& install --directory --owner=waymark --group=waymark /data
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
	PYTHONUNBUFFERED=1 \
	DATA_DIR=/data \
	XDG_CACHE_HOME=/tmp \
	STATIC_ROOT=/app/.staticfiles
COPY --from=packages /app/.venv .venv
COPY . .
COPY --from=scripts \
	/build/node_modules/htmx.org/dist/htmx.min.js \
	/build/node_modules/htmx.org/dist/ext/hx-sse.min.js \
	/build/node_modules/sortablejs/Sortable.min.js \
	/build/node_modules/@fontsource-variable/albert-sans/files/albert-sans-latin-wght-normal.woff2 \
	.vendor/
RUN python -m config.prepare catalogues \
	&& SECRET_KEY=only-for-this-step python manage.py collectstatic --noinput
USER waymark
VOLUME /data
EXPOSE 8000 8001
CMD ["python", "-m", "config.processes", "web"]
