package desk

import "consign/ui/page"

// shown is a page together with the place that it was built for.
type shown struct {
	place page.Place
	page  *page.Page
	stale bool // something it shows has changed since it was read
}

// trail is what a tab has open: an entry of its sidebar and, above it, the details that were opened from there.
// Entries that were left keep their pages, and with them their search, selection and place.
type trail struct {
	kept map[string]*shown // entries by name
	open []*shown          // never empty once the tab was seen
}

func newTrail() *trail { return &trail{kept: map[string]*shown{}} }

// top is the page that the tab shows, nil before it was seen. No trail has no page.
func (t *trail) top() *shown {
	if t == nil || len(t.open) == 0 {
		return nil
	}
	return t.open[len(t.open)-1]
}

// enter makes an entry of the sidebar the only open page.
func (t *trail) enter(s *shown) {
	t.kept[s.place.Page] = s
	t.open = []*shown{s}
}

// push opens a detail above what is open.
func (t *trail) push(s *shown) { t.open = append(t.open, s) }

// cut leaves only the first n open pages.
func (t *trail) cut(n int) { t.open = t.open[:n] }

// forget drops a page whose work was given up when it was left.
func (t *trail) forget(s *shown) {
	if t.kept[s.place.Page] == s {
		delete(t.kept, s.place.Page)
	}
	for i, o := range t.open {
		if o == s {
			t.open = append(t.open[:i:i], t.open[i+1:]...)
			return
		}
	}
}

// each calls f for every page of the tab.
func (t *trail) each(f func(*shown)) {
	for _, s := range t.kept {
		f(s)
	}
	for _, s := range t.open {
		if t.kept[s.place.Page] != s {
			f(s)
		}
	}
}

// narrowed reports whether a place asks for more than its page as it was left. An upload is another one for every customer.
func narrowed(p page.Place) bool {
	return p.Search != "" || len(p.Filters) > 0 || p.Unfinished != "" || len(p.Files) > 0 || p.Page == page.NewUpload && p.ID != 0
}

// same reports whether two places are the same page about the same thing.
func same(a, b page.Place) bool { return a.Tab == b.Tab && a.Page == b.Page && a.ID == b.ID }
