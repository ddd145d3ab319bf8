// The API's own page: Swagger UI over our schema, signed in as the person who reads it.
const page = document.querySelector("#api-docs");

window.SwaggerUIBundle({
  domNode: page,
  url: page.dataset.schema,
  deepLinking: true,
  docExpansion: "none", // drawing every operation at once takes the browser minutes
  validatorUrl: null,
  requestInterceptor(request) {
    const isOurs = new URL(request.url, location.href).origin === location.origin;
    if (isOurs && request.method !== "GET") {
      request.headers["X-CSRFToken"] = page.dataset.csrf;
    }
    return request;
  },
});
