"""Assessment and learning, pure: values in, values out.

Nothing here knows a file, a row, a request, the time or chance; all of them are arguments.
"""
