"""Between the rules and the database: which records to ask about, their facts, and what is kept of the answers."""
