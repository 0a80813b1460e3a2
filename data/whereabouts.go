package data

import (
	"context"

	"consign/model"
)

// Whereabouts counts the selected devices by the customer that the viewer has them at, the most first; an MSP's at no customer have the ID
// model.NoCustomer and no name. One query, however many devices there are. Safe on any goroutine.
func (d Devices) Whereabouts(ctx context.Context, sel model.DeviceSelection) (counts []NamedCount, err error) {
	target, moved := "u.target_id", ""
	if sel.Query.View.Portal == model.MSPPortal {
		target, moved = "m.target_id", " LEFT JOIN uploads m ON m.id = d.moved_id"
	}
	err = d.desk.reading(ctx, func(c *reader) error {
		ids, err := selected(sel, func(q query) (int, error) { return c.number("SELECT count(*) FROM ("+q.sql+")", q.args...) }, "d.id")
		if err != nil {
			return err
		}
		return c.each("SELECT coalesce(a.id, -1), coalesce(a.company_name, ''), n FROM (SELECT "+target+
			" AS id, count(*) AS n FROM devices d CROSS JOIN uploads u ON u.id = d.upload_id"+moved+" WHERE d.id IN ("+ids.sql+
			") GROUP BY 1) t LEFT JOIN accounts a ON a.id = t.id ORDER BY n DESC, 2", ids.args, func(s *statement) error {
			counts = append(counts, NamedCount{s.int(0), s.text(1), s.count(2)})
			return nil
		})
	})
	return counts, err
}
