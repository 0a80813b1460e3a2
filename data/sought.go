package data

import (
	"context"
	"slices"

	"consign/model"
)

// SoughtDevice is what the register knows of one device of a list.
type SoughtDevice struct {
	Is model.Sought
	// DeviceID is the device, unless it was found nowhere.
	DeviceID int64
	// Where says of a device at another party what who looks may know of it.
	Where model.Text
}

// Seek looks a list of devices up: which of them the viewer has, which are at the customer or MSP here already (0: none is meant),
// which another party has, by their places in the list (domain §7). The zero view looks through all that our resellers and MSPs see.
// Safe on any goroutine.
func (d Devices) Seek(ctx context.Context, view model.View, here int64, list []model.Identifiers) (found []SoughtDevice, err error) {
	found = make([]SoughtDevice, len(list))
	err = d.desk.reading(ctx, func(c *reader) error {
		hits, err := c.hits(list)
		if err != nil {
			return err
		}
		ids := make([]int64, len(hits))
		for i, hit := range hits {
			ids[i] = hit.device
		}
		seen, err := c.seenAmong(view, 0, ids)
		if err != nil {
			return err
		}
		var there []int64
		if here != 0 {
			if there, err = c.seenAmong(view, here, ids); err != nil {
				return err
			}
		}
		return c.registered(hits, func(place int, is model.Registered) {
			found[place] = SoughtDevice{soughtAs(is.DeviceID, seen, there), is.DeviceID, whereTo(view, is)}
			if found[place].Is != model.SoughtElsewhere {
				found[place].Where = model.Text{}
			}
		})
	})
	return found, err
}

func soughtAs(id int64, seen, there []int64) model.Sought {
	if _, is := slices.BinarySearch(there, id); is {
		return model.SoughtThere
	}
	if _, is := slices.BinarySearch(seen, id); is {
		return model.SoughtFound
	}
	return model.SoughtElsewhere
}

// seenAmong narrows devices to those that the viewer sees, and sees at a customer if one is given; ascending. The zero view sees what our
// accounts see.
func (c *reader) seenAmong(view model.View, customer int64, ids []int64) (seen []int64, err error) {
	if view.Account != 0 {
		return c.deviceIDs(among(viewed(model.DeviceQuery{View: view, Customer: customer}), listed(ids)), nil)
	}
	chosen := listed(ids)
	err = c.each("SELECT d.id FROM ("+chosen.sql+") chosen"+chosenDevices+" WHERE "+seenByOurs+" ORDER BY d.id", chosen.args, func(s *statement) error {
		seen = append(seen, s.int(0))
		return nil
	})
	return seen, err
}

// whereTo says where a device is that the viewer does not have, without showing another reseller's customer (V12).
func whereTo(view model.View, is model.Registered) model.Text {
	switch {
	case view.Portal == model.MSPPortal && is.CustomerID == view.Account:
		return model.Say("Waits in an upload of {{.Reseller}}.", "Reseller", is.Reseller)
	case view.Portal == model.MSPPortal:
		return model.Say("Uploaded by {{.Reseller}}, not to us.", "Reseller", is.Reseller)
	}
	return model.Say("Registered by another reseller.")
}
