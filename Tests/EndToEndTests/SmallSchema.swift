/// Other tables than the trade's: a shop's shelves, for a centre that knows nothing of debtors.
enum SmallSchema {
    private static let pieces = "(SELECT sum(c.pieces) FROM count AS c WHERE c.shelf_id = s.id)"

    static let json = """
        {
          "name": "shelves", "version": 1,
          "tables": [
            {"number": 10, "name": "colour", "kind": "reference", "routing": {"everyone": true},
             "insertedBy": "centre",
             "columns": [{"number": 1, "name": "name", "type": "text", "isRequired": true}],
             "registers": [{"number": 1, "name": "name", "writer": "centre"}]},
            {"number": 11, "name": "shelf", "kind": "record", "routing": {"portfolio": "shop"},
             "columns": [
               {"number": 1, "name": "shop", "type": "text", "isRequired": true},
               {"number": 2, "name": "label", "type": "text", "limit": {"bytes": 40}},
               {"number": 3, "name": "metres", "type": "integer", "default": {"integer": 2},
                "limit": {"range": [1, 9]}}],
             "registers": [
               {"number": 1, "name": "shop", "writer": "centre"},
               {"number": 2, "name": "label", "rule": "kept"},
               {"number": 3, "name": "metres"}]},
            {"number": 12, "name": "count", "kind": "ledger",
             "routing": {"parent": {"table": "shelf", "column": "shelf_id"}},
             "columns": [
               {"number": 1, "name": "shelf_id", "type": "text", "isRequired": true},
               {"number": 2, "name": "pieces", "type": "integer", "isRequired": true},
               {"number": 3, "name": "counted_on", "type": "text", "isRequired": true,
                "default": {"today": true}, "limit": {"date": true}}]}
          ],
          "views": [
            {"name": "shelves",
             "select": "SELECT s.id, s.label, \(pieces) AS pieces FROM shelf AS s"}
          ],
          "indexes": [{"table": "count", "columns": ["shelf_id"]}]
        }
        """
}
