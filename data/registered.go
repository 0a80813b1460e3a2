package data

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"slices"

	"consign/data/engine"
	"consign/model"
)

// manyDevices is from how many devices on a list is compared with a set of all identifiers, which takes one scan of
// the register, rather than by looking up each of its identifiers.
const manyDevices = 20_000

// Registered tells of each device of a list, by its place there, whether a living device has one of its
// identifiers, IMEIs over both columns together (domain §2), and where that stands. The zero value: it is free.
func (d Devices) Registered(ctx context.Context, list []model.Identifiers) (found []model.Registered, err error) {
	found = make([]model.Registered, len(list))
	err = d.desk.reading(ctx, func(c *reader) error {
		hits, err := c.hits(list)
		if err != nil {
			return err
		}
		return c.registered(hits, func(place int, device model.Registered) { found[place] = device })
	})
	return found, err
}

// Match finds the devices of a list among those that the viewer sees. notFound are the places in the list of
// those that it does not see; ids are in the order of the list, each once.
func (d Devices) Match(ctx context.Context, view model.View, list []model.Identifiers) (ids []int64, notFound []int, err error) {
	err = d.desk.reading(ctx, func(c *reader) error {
		hits, err := c.hits(list)
		if err != nil {
			return err
		}
		device := make([]int64, len(list)) // by place
		all := make([]int64, len(hits))
		for i, hit := range hits {
			device[hit.place], all[i] = hit.device, hit.device
		}
		seen, err := c.deviceIDs(among(viewed(model.DeviceQuery{View: view}), listed(all)), nil)
		if err != nil {
			return err
		}
		given := make(map[int64]bool, len(seen))
		for place, id := range device {
			if _, visible := slices.BinarySearch(seen, id); !visible {
				notFound = append(notFound, place)
			} else if !given[id] {
				given[id] = true
				ids = append(ids, id)
			}
		}
		return nil
	})
	return ids, notFound, err
}

// hit is a device of a list that is registered.
type hit struct {
	place      int    // in the list
	identifier string // the one that is taken
	device     int64
}

// hits finds the registered devices of the list, in its order.
func (c *reader) hits(list []model.Identifiers) (hits []hit, err error) {
	if len(list) < manyDevices {
		return c.lookedUp(list)
	}
	set, err := c.registeredSet()
	if err != nil {
		return nil, err
	}
	for place, device := range list {
		if identifier, id := set.Find(device); id != 0 {
			hits = append(hits, hit{place, identifier, id})
		}
	}
	return hits, nil
}

// lookedUp finds the registered devices of a short list by the unique indexes, with one question.
func (c *reader) lookedUp(list []model.Identifiers) (hits []hit, err error) {
	type named struct {
		column     int64 // of identifiersOf, from 1 on: both IMEIs are one
		identifier string
	}
	var texts []string
	for _, device := range list {
		for _, identifier := range identifiersOf(device) {
			if identifier != "" {
				texts = append(texts, identifier)
			}
		}
	}
	wanted, err := json.Marshal(texts)
	if err != nil {
		return nil, err
	}
	find := "WITH wanted (identifier) AS (" + engine.Texts + ") "
	for i, column := range identifierColumns {
		if i > 0 {
			find += " UNION ALL "
		}
		find += fmt.Sprintf("SELECT %d, identifier, id FROM wanted CROSS JOIN devices ON ", max(1, i)) +
			column + " = identifier AND " + column + " IS NOT NULL AND " + livingHolder
	}
	ids := map[named]int64{}
	err = c.each(find, []any{string(wanted)}, func(s *statement) error {
		ids[named{s.int(0), s.text(1)}] = s.int(2)
		return nil
	})
	for place, device := range list {
		for i, identifier := range identifiersOf(device) {
			if id := ids[named{int64(max(1, i)), identifier}]; id != 0 {
				hits = append(hits, hit{place, identifier, id})
				break
			}
		}
	}
	return hits, err
}

func identifiersOf(d model.Identifiers) [4]string {
	return [...]string{d.IMEI1, d.IMEI2, d.MEID, d.Serial}
}

// registered gives each hit with where its device stands, in the order of the devices; not those that do not live any more.
func (c *reader) registered(hits []hit, give func(place int, found model.Registered)) error {
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Compare(a.device, b.device) })
	devices, err := c.rowsByIDs("id, upload_id, imei1, imei2, meid, serial")
	defer devices.close()
	if err != nil {
		return err
	}
	uploads, err := c.seenUploads()
	if err != nil {
		return err
	}
	defer uploads.close()
	type device struct {
		has    model.Identifiers
		upload int64
	}
	for some := range slices.Chunk(hits, devicesAtOnce) {
		found := make([]device, len(some))
		err := devices.each(len(some), func(i int) int64 { return some[i].device }, func(i int, s *statement) error {
			found[i] = device{model.Identifiers{IMEI1: s.text(2), IMEI2: s.text(3), MEID: s.text(4), Serial: s.text(5)}, s.int(1)}
			return nil
		})
		if err != nil {
			return err
		}
		living := func(yield func(int64) bool) {
			for _, d := range found {
				if d.upload != 0 && !yield(d.upload) {
					return
				}
			}
		}
		if err := uploads.know(living); err != nil {
			return err
		}
		for i, d := range found {
			if u := uploads.known[d.upload]; u != nil {
				give(some[i].place, model.Registered{Identifier: some[i].identifier, Device: d.has, DeviceID: some[i].device, UploadID: u.id,
					UploadUUID: u.uuid, UploadedAt: u.at, ResellerID: u.resellerID, Reseller: u.reseller, CustomerID: u.targetID,
					Customer: u.target})
			}
		}
	}
	return nil
}

// RegisteredSet holds the identifiers of all living devices as they were at one moment, for lists of any length that
// come line by line: 12 bytes a slot, two slots an identifier at most. Reading it is safe on any goroutine.
type RegisteredSet struct {
	seed  maphash.Seed
	mask  uint64
	marks []uint64 // of identifiers: 0 is free
	ids   []uint32 // of their devices: the register will not see four thousand million
}

// RegisteredSet reads the identifiers of all living devices. A set is of one moment: what an act changes afterwards is
// not in it, and the act itself refuses what is taken.
func (d Devices) RegisteredSet(ctx context.Context) (set *RegisteredSet, err error) {
	err = d.desk.reading(ctx, func(c *reader) error {
		set, err = c.registeredSet()
		return err
	})
	return set, err
}

func (c *reader) registeredSet() (*RegisteredSet, error) {
	n, err := c.number("SELECT sum(devices) FROM uploads WHERE kind <> 'moved'")
	if err != nil {
		return nil, err
	}
	most, err := c.HighestID()
	if err != nil {
		return nil, err
	}
	set := &RegisteredSet{seed: maphash.MakeSeed()}
	set.resize(int(3 * min(max(int64(n), 0), most)))
	kept := 0
	err = c.each("SELECT id, imei1, imei2, meid, serial FROM devices WHERE deleted IS NULL", nil, func(s *statement) error {
		id, err := c.id(s, 0)
		if err != nil {
			return err
		}
		for column := int32(1); column <= 4; column++ {
			if text := s.bytes(column); text != nil {
				kept++
				set.put(set.mark(maphash.Bytes(set.seed, text), column), uint32(id))
			}
		}
		if kept+4 > len(set.marks)*3/4 {
			set.resize(2 * kept)
		}
		return nil
	})
	return set, err
}

// mark keeps IMEIs of both columns, MEIDs and serial numbers apart.
func (s *RegisteredSet) mark(hash uint64, column int32) uint64 {
	return max(1, hash^uint64(max(column, 2))<<60)
}

// resize makes room for n identifiers and puts in those that it has.
func (s *RegisteredSet) resize(n int) {
	slots := 1024
	for slots*3/4 <= n {
		slots *= 2
	}
	marks, ids := s.marks, s.ids
	s.marks, s.ids, s.mask = make([]uint64, slots), make([]uint32, slots), uint64(slots-1)
	for i, mark := range marks {
		if mark != 0 {
			s.put(mark, ids[i])
		}
	}
}

func (s *RegisteredSet) put(mark uint64, id uint32) {
	slot := mark & s.mask
	for s.marks[slot] != 0 {
		slot = (slot + 1) & s.mask
	}
	s.marks[slot], s.ids[slot] = mark, id
}

// Find returns the first of a device's identifiers that a living device has, and that device's id; "" and 0 if it is free.
// It compares marks of 64 bits: that a million free identifiers against two million kept ones meet a false one has a
// chance of one in nine million.
func (s *RegisteredSet) Find(device model.Identifiers) (identifier string, id int64) {
	for i, identifier := range identifiersOf(device) {
		if identifier == "" {
			continue
		}
		mark := s.mark(maphash.String(s.seed, identifier), int32(i+1))
		for slot := mark & s.mask; s.marks[slot] != 0; slot = (slot + 1) & s.mask {
			if s.marks[slot] == mark {
				return identifier, int64(s.ids[slot])
			}
		}
	}
	return "", 0
}

// RegisteredByID tells where the devices with the ids stand that Find found, by the place of the id; the zero value for one
// that does not live any more. Which of a line's identifiers is taken is told by model.Registered.Naming.
func (d Devices) RegisteredByID(ctx context.Context, ids []int64) (found []model.Registered, err error) {
	found = make([]model.Registered, len(ids))
	hits := make([]hit, len(ids))
	for i, id := range ids {
		hits[i] = hit{place: i, device: id}
	}
	err = d.desk.reading(ctx, func(c *reader) error {
		return c.registered(hits, func(place int, device model.Registered) { found[place] = device })
	})
	return found, err
}
