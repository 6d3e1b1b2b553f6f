# Names that a framework calls and nobody in the source does.
