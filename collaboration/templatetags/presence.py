"""`{{ request.actor|number_here }}`: as whom the page's reader is among those who are here."""

from django import template

from collaboration.guests import number_among_those_here

register = template.Library()
register.filter("number_here", number_among_those_here)
