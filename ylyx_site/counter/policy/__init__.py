"""What a clerk is offered and a paper sheet means, from what the database holds."""
