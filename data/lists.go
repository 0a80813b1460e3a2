package data

import (
	"encoding/json"
	"slices"
	"strings"
)

// idsAtOnce is how many ids a statement takes as a list. A list that stands in the statement lets SQLite change the rows as it finds them;
// for the rows of another query it would first write all of these down, twice.
const idsAtOnce = 1_000

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

// eachList runs a statement, which ends before the list of its ids, for all of the ids, and calls row for every row that it finds. It is
// compiled once for many lists, so that most of them have one length.
func (a *act) eachList(ids []int64, statement string, row func(*statement) error) error {
	return a.raw(func(c *reader) error {
		for _, part := range [...][]int64{ids[:len(ids)-len(ids)%idsAtOnce], ids[len(ids)-len(ids)%idsAtOnce:]} {
			if err := c.eachList(part, statement, row); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *reader) eachList(ids []int64, text string, row func(*statement) error) error {
	if len(ids) == 0 {
		return nil
	}
	n := min(len(ids), idsAtOnce)
	s, err := c.prepare(text + " (" + strings.Repeat("?,", n-1) + "?)")
	if err != nil {
		return err
	}
	defer s.close()
	list := make([]any, n)
	for part := range slices.Chunk(ids, n) {
		for i, id := range part {
			list[i] = id
		}
		if err := s.each(list, row); err != nil {
			return err
		}
	}
	return nil
}

func noRow(*statement) error { return nil }
