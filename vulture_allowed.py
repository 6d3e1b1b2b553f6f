"""Names that a template or a framework reads, and that no Python line does.

Vulture sees Python only. Whatever is listed here and in no template is dead: take it out.
"""
# ruff: noqa: B018, F821
# mypy: ignore-errors

# templates
_.asks_modifiers, _.asks_poa, _.asks_units, _.books, _.change, _.choose, _.code_sets
_.is_available, _.is_chosen, _.is_key, _.is_last, _.is_right, _.is_short, _.misconception
_.navigation, _.open_book, _.seconds_per_item, _.stage, _.submit, _.trust, _.unofficial
_.verified_on, _.bar_width, _.ended_at, _.has_digital_book, _.previous_at
_.back_to, _.can_go_back, _.can_start, _.consequence, _.has_paper_books, _.is_scored
_.seconds_left, _.stand_ins, _.takes, _.unscored

# rows that are written for people who look into the database
_.created_at, _.loaded_at, _.served_at

# members of the bank format, read by value
_.TABULAR, _.SUBTERM, _.GUIDELINE, _.SEQUENCE, _.SCALED, _.FORWARD_ONLY, _.END

# Flask, Flask-Login, WTForms, Jinja, SQLAlchemy, Alembic, pydantic, sqlite3
_.get_id, _.testing, _.permanent, _.session_protection, _.trim_blocks, _.lstrip_blocks
_.cache_ok, _.impl, _.process_bind_param, _.process_result_value, _.result_processor
_.isolation_level, _.autocommit
_.branch_labels, _.depends_on, _.down_revision, _.model_config

# the learner model's tuples, read by position
_.difficulty_variance, _.success_slope, _.success_variance
_.failure_slope, _.failure_variance
