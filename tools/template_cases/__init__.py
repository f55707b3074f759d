"""The templates of make_template_cases.py, by theme. Each module has CASES: (name, template, context) tuples."""


def case(name, template, **context):
    """One template with its variables."""
    return name, template, context


def expressions(title, sources, **context):
    """A case for each expression, printed between brackets so that spaces show."""
    return [(f"{title}: {source}", "[{{ " + source + " }}]", context) for source in sources]


def templates(title, sources, **context):
    """A case for each template, named by its source."""
    return [(f"{title}: {source!r}", source, context) for source in sources]
