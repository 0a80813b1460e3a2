package data

import (
	"context"
	"slices"
	"time"

	"consign/model"
)

// DeviceCard is all that is known of one device, whoever looks.
type DeviceCard struct {
	ID int64
	model.Identifiers
	Model       string
	OrderNumber string
	Failure     string      // the portal's reason when MPTS error
	Reseller    string      // company name of whose device it is
	Holder      string      // company name of who has it or had it last: the customer it was moved to, else the target of its upload
	DeletedAt   time.Time   // zero while it lives
	UploadGone  bool        // deleted because its upload was undone
	Waits       bool        // for the approval of an MSP of ours, which does not see it yet
	Placements  []Placement // who sees it: reseller, MSP, customer; none when it is deleted
}

// Placement is how one party sees a device.
type Placement struct {
	View    model.View
	Company string       // the party's name
	Device  model.Device // as it sees it: upload, customer, status
}

// Deleted reports whether the device is gone from all portals.
func (c DeviceCard) Deleted() bool { return !c.DeletedAt.IsZero() }

// Card is the card of a device, living or deleted; NotFound.
func (d Devices) Card(ctx context.Context, id int64) (card DeviceCard, err error) {
	err = d.desk.reading(ctx, func(c *reader) error {
		cards, err := c.cards([]int64{id})
		if err == nil && len(cards) == 0 {
			return model.Fail(model.NotFound, "This device is not in the register.")
		}
		if err == nil {
			card = cards[0]
		}
		return err
	})
	return card, err
}

// Find finds devices by a whole identifier, else by any part of one, among those that one of our resellers or MSPs sees, and
// after them deleted ones that one of these saw; both the newest first, limit at most.
func (d Devices) Find(ctx context.Context, part string, limit int) (cards []DeviceCard, err error) {
	needle := needle(part)
	if needle == "" {
		return nil, nil
	}
	err = d.desk.reading(ctx, func(c *reader) error {
		found := whole(needle)
		ids, err := c.ours(found, limit)
		if err == nil && len(ids) == 0 {
			ids, err = d.oursHolding(c, needle, limit)
		}
		if err != nil {
			return err
		}
		deleted, err := c.oursDeleted(needle, limit-len(ids))
		if err == nil {
			cards, err = c.cards(append(ids, deleted...))
		}
		return err
	})
	return cards, err
}

// oursHolding finds the newest devices that are ours and have an identifier with the needle.
func (d Devices) oursHolding(c *reader, needle string, limit int) (ids []int64, err error) {
	held, err := d.desk.identifiers.holding(c, needle)
	if err != nil {
		return nil, err
	}
	slices.Reverse(held)
	for some := range slices.Chunk(held, 1_000) {
		found, err := c.ours(listed(some), limit-len(ids))
		if err != nil {
			return nil, err
		}
		if ids = append(ids, found...); len(ids) >= limit {
			break
		}
	}
	return ids, nil
}

// ours narrows the ids that chosen finds to living devices that one of our resellers or MSPs sees, the newest first.
func (c *reader) ours(chosen query, limit int) (ids []int64, err error) {
	return c.newest("SELECT d.id FROM ("+chosen.sql+") chosen"+chosenDevices+ofOurs, append(slices.Clone(chosen.args), limit)...)
}

// ofOurs leaves the devices d of uploads u that one of our resellers or MSPs sees, the newest first.
var ofOurs = " WHERE " + seenByOurs + " ORDER BY d.id DESC LIMIT ?"

// oursDeleted finds deleted devices with an identifier that holds the needle, among those that one of our resellers or MSPs saw.
// It looks through all that are deleted: they have no place in the indexes of identifiers.
func (c *reader) oursDeleted(needle string, limit int) ([]int64, error) {
	const find = `SELECT d.id FROM (SELECT d.id FROM activity y CROSS JOIN ` + deletedDevices +
		` WHERE g.activity_id = y.id AND y.undone_by IS NULL
		AND (instr(d.imei1, ?1) > 0 OR instr(d.imei2, ?1) > 0 OR instr(d.meid, ?1) > 0 OR instr(d.serial, ?1) > 0)) gone
		CROSS JOIN devices d ON d.id = gone.id CROSS JOIN uploads u ON u.id = d.upload_id`
	return c.newest(find+ofOurs, needle, limit)
}

func (c *reader) newest(find string, args ...any) (ids []int64, err error) {
	err = c.each(find, args, func(s *statement) error {
		ids = append(ids, s.int(0))
		return nil
	})
	return ids, err
}

// cards reads the cards of the devices in the order of ids.
func (c *reader) cards(ids []int64) ([]DeviceCard, error) {
	const find = `SELECT d.imei1, d.imei2, d.meid, d.serial, d.model, d.order_number, d.failure, y.at, u.reseller_id, r.company_name,
		u.target_id, t.kind, t.company_name, m.target_id, n.company_name, y.event = 'undone',
		d.deleted IS NULL AND u.approved_at IS NULL AND t.kind = 'msp' AND t.ours
		FROM devices d JOIN uploads u ON u.id = d.upload_id JOIN accounts r ON r.id = u.reseller_id JOIN accounts t ON t.id = u.target_id
		LEFT JOIN uploads m ON m.id = d.moved_id LEFT JOIN accounts n ON n.id = m.target_id
		LEFT JOIN activity y ON d.deleted IS NOT NULL AND y.id = (` + latestDeletion + `) WHERE d.id = ?1`
	s, err := c.prepare(find)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var cards []DeviceCard
	for _, id := range ids {
		err := s.byID(id, func(s *statement) error {
			card := DeviceCard{ID: id, Identifiers: model.Identifiers{IMEI1: s.text(0), IMEI2: s.text(1), MEID: s.text(2), Serial: s.text(3)},
				Model: s.text(4), OrderNumber: s.text(5), Failure: s.text(6), DeletedAt: s.timeOf(7),
				Reseller: s.text(9), Holder: s.text(12), UploadGone: s.int(15) != 0, Waits: s.int(16) != 0}
			card.Placements = []Placement{{View: model.As(model.Reseller, s.int(8)), Company: s.text(9)},
				{View: model.As(model.AccountKind(s.text(11)), s.int(10)), Company: s.text(12)}}
			if !s.isNull(13) {
				card.Holder = s.text(14)
				card.Placements = append(card.Placements, Placement{View: model.As(model.Customer, s.int(13)), Company: s.text(14)})
			}
			cards = append(cards, card)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for i := range cards {
		if err := c.place(&cards[i]); err != nil {
			return nil, err
		}
	}
	return cards, nil
}

// place keeps those of the card's placements where the device is seen.
func (c *reader) place(card *DeviceCard) error {
	var seen []Placement
	for _, placement := range card.Placements {
		err := c.eachDevice(placement.View, withoutError(slices.Values([][]int64{{card.ID}})), func(d *model.Device) error {
			placement.Device = *d
			seen = append(seen, placement)
			return nil
		})
		if err != nil {
			return err
		}
	}
	card.Placements = seen
	return nil
}
