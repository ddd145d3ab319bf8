"""How dates are written where a language leaves a choice."""
