package data

import "encoding/json"

// lotOfUploads is what devices are gathered by: their uploads, moved 0 for none, their model and order number.
type lotOfUploads struct {
	upload, moved int64
	lot
}

// gathered are how many devices of a lot there are.
type gathered struct{ devices, failed int64 }

// gather counts devices, a query of their rows, by uploads, model and order number into the table gathered, where a lot may have several
// rows: what the act writes about the devices is read from there. It returns how many of them are freed. Counting here spares SQLite the
// sorting: devices that came together stand together.
func (a *act) gather(devices string, args ...any) (freed int64, err error) {
	const table = `CREATE TEMP TABLE IF NOT EXISTS gathered (upload_id BIGINT, moved_id BIGINT, model TEXT, order_number TEXT,
			devices INTEGER, failed INTEGER);
		DELETE FROM gathered`
	if err := a.tx.Exec(table).Error; err != nil {
		return 0, err
	}
	err = a.raw(func(c *reader) error {
		lots := map[lotOfUploads]*gathered{}
		var lists []string // of lots as JSON: what finds them streams, and nothing else can be asked meanwhile
		flush := func() error {
			rows := make([][]any, 0, len(lots))
			for l, n := range lots {
				rows = append(rows, []any{l.upload, l.moved, l.model, l.order, n.devices, n.failed})
			}
			list, err := json.Marshal(rows)
			lists = append(lists, string(list))
			clear(lots)
			return err
		}
		var last lotOfUploads
		var n *gathered
		err = c.each("SELECT upload_id, moved_id, model, order_number, failure IS NOT NULL, freed IS NOT NULL FROM ("+devices+") d", args,
			func(s *statement) error {
				freed += s.int(5)
				model, order := s.bytes(2), s.bytes(3)
				if n == nil || s.int(0) != last.upload || s.int(1) != last.moved || string(model) != last.model || string(order) != last.order {
					if len(lots) >= rowsPerStatement { // a list may give each device an order number of its own
						if err := flush(); err != nil {
							return err
						}
					}
					last = lotOfUploads{s.int(0), s.int(1), lot{string(model), string(order)}}
					if n = lots[last]; n == nil {
						n = &gathered{}
						lots[last] = n
					}
				}
				n.devices++
				n.failed += s.int(4)
				return nil
			})
		if err != nil {
			return err
		}
		if err := flush(); err != nil {
			return err
		}
		for _, list := range lists {
			const insert = `INSERT INTO gathered SELECT CAST(value ->> 0 AS BIGINT), nullif(CAST(value ->> 1 AS BIGINT), 0),
				value ->> 2, value ->> 3, CAST(value ->> 4 AS INTEGER), CAST(value ->> 5 AS INTEGER) FROM json_each(?)`
			if err := c.each(insert, []any{list}, noRow); err != nil {
				return err
			}
		}
		return nil
	})
	return freed, err
}
