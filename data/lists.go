package data

import (
	"encoding/json"
	"slices"

	"consign/data/engine"
)

// deletedBy are the ids, ascending, of the devices that an act deleted.
func (a *act) deletedBy(activityID int64) ([]int64, error) {
	var blocks []string
	if err := a.tx.Raw("SELECT devices FROM deletions WHERE activity_id = ? ORDER BY block", activityID).Scan(&blocks).Error; err != nil {
		return nil, err
	}
	var ids []int64
	for _, block := range blocks {
		var part []int64
		if err := json.Unmarshal([]byte(block), &part); err != nil {
			return nil, damagedf("deletions of %d: %w", activityID, err)
		}
		ids = append(ids, part...)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// eachOf runs a statement that ends with IN for a list of ids.
func (a *act) eachOf(ids []int64, statement string) error {
	return a.raw(func(c *reader) error { return c.EachOf(statement, ids, func(engine.Row) error { return nil }) })
}

func noRow(*statement) error { return nil }
