"""How static files get their names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Names that carry a digest, also inside `import` statements: after a deploy no script meets an old version of another."""

    support_js_module_import_aggregation = True
