"""A summary as files for those who take over: text, a page to print, and FHIR."""
