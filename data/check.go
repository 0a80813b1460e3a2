package data

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"consign/model"
)

// Check has SQLite look at every page of the register, follows its references, and counts again what its counters say, all in one
// state while acts go on. Errors: Damaged, Cancelled. Safe on any goroutine.
func (d Safe) Check(ctx context.Context) error { return d.desk.checking(ctx, checkAll) }

// inOneState has f read one state of the register, whatever acts come meanwhile.
func inOneState(ctx context.Context, db *gorm.DB, f func(tx *gorm.DB) error) error {
	return db.WithContext(ctx).Transaction(f)
}

// checkAll is nil for a sound register. It reads all of it: a million devices take some seconds.
func checkAll(db *gorm.DB) error {
	for _, check := range []func(*gorm.DB) error{checkIntegrity, checkSchema, checkReferences, checkCounters} {
		if err := check(db); err != nil {
			return err
		}
	}
	return nil
}

// checkIntegrity has SQLite look at every page, and that each index holds the rows of its table.
func checkIntegrity(db *gorm.DB) error { return checkPages(db, "PRAGMA integrity_check(20)") }

// checkQuickly looks at every page, but not whether indexes and tables agree: about three times as quick.
func checkQuickly(db *gorm.DB) error { return checkPages(db, "PRAGMA quick_check(20)") }

func checkPages(db *gorm.DB, pragma string) error {
	var answers []string
	if err := db.Raw(pragma).Scan(&answers).Error; err != nil {
		return err
	}
	if len(answers) == 1 && answers[0] == "ok" {
		return nil
	}
	return damaged(errors.New(strings.Join(answers, "; ")))
}

// checkReferences looks whether every row refers to rows that are there.
func checkReferences(db *gorm.DB) error {
	var broken []struct{ Table, Parent string }
	if err := db.Raw(`SELECT "table", parent FROM pragma_foreign_key_check LIMIT 20`).Scan(&broken).Error; err != nil {
		return err
	}
	if len(broken) > 0 {
		return damaged(fmt.Errorf("references without a row: %v", broken))
	}
	return nil
}

// checkCounters counts again what the counters of uploads say (tally.go).
func checkCounters(db *gorm.DB) error {
	var wrong int64
	if err := db.Raw(wrongCounters).Scan(&wrong).Error; err != nil {
		return err
	}
	if wrong > 0 {
		return damaged(fmt.Errorf("counters that are not what counting gives: %d", wrong))
	}
	return nil
}

// wrongCounters is how many counters of uploads are not what counting the living devices gives.
const wrongCounters = `WITH counted AS (
		SELECT upload_id AS upload, model, order_number, moved_id IS NOT NULL AS moved, failure IS NOT NULL AS failed FROM devices WHERE deleted IS NULL
		UNION ALL SELECT moved_id, model, order_number, 0, failure IS NOT NULL FROM devices WHERE deleted IS NULL AND moved_id IS NOT NULL),
	models AS (SELECT upload, model, order_number, count(*) AS n, sum(moved) AS moved, sum(failed) AS failed FROM counted GROUP BY 1, 2, 3)
	SELECT (SELECT count(*) FROM uploads u LEFT JOIN (SELECT upload, sum(n) AS n, sum(moved) AS moved, sum(failed) AS failed FROM models GROUP BY 1) c ON c.upload = u.id
			WHERE (u.devices, u.moved, u.failed) <> (coalesce(c.n, 0), coalesce(c.moved, 0), coalesce(c.failed, 0)))
		+ (SELECT count(*) FROM (SELECT upload, model, order_number, n FROM models EXCEPT SELECT upload_id, model, order_number, devices FROM upload_models))
		+ (SELECT count(*) FROM (SELECT upload_id, model, order_number, devices FROM upload_models EXCEPT SELECT upload, model, order_number, n FROM models))`

// countRows is how many rows each table has.
func countRows(db *gorm.DB) (map[string]int64, error) {
	var tables []string
	if err := db.Raw(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`).Scan(&tables).Error; err != nil {
		return nil, err
	}
	rows := make(map[string]int64, len(tables))
	for _, table := range tables {
		var n int64
		if err := db.Raw(`SELECT count(*) FROM "` + strings.ReplaceAll(table, `"`, `""`) + `"`).Scan(&n).Error; err != nil {
			return nil, err
		}
		rows[table] = n
	}
	return rows, nil
}

// damaged says that the register is, and for the log where.
func damaged(cause error) *model.Error {
	return model.Fail(model.Damaged, "The register is damaged. Restore it from a backup.").Because(cause)
}
