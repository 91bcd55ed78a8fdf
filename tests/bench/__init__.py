"""What `make bench` measures, one module a subject; each runs in its own process and answers with a line of JSON."""
