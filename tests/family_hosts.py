"""Which family each host of sample/families is of, in the registry's words."""

FAMILY = {
    "trs.test": "t-date",
    "jcms.test": "jcms",
    "doy.test": "doy",
    "mh.test": "minhang-cms",
    "shcity.test": "shanghai-city",
    "gkml.test": "gd-gkmlpt",
    "idq.test": "id-query",
    "slug-id.test": "slug-id",
    "hash-month.test": "hash-month",
    **{f"generic{rule}.test": "generic" for rule in ("", "-index1", "-index2", "-number", "-frame")},
}
