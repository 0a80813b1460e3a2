// Package grid is a table for a million rows: exact and instant at any size, because it keeps an integer first row, draws only
// what is on screen, and asks its source for nothing else. It knows nothing of what the rows mean.
//
//	devices := &grid.Paged[Device]{IDs: ids, Rows: rowsByID, ID: func(d Device) int64 { return d.ID }, Total: count}
//	view := grid.NewView("msp.devices", devices, []grid.Column[Device]{
//		{ID: "imei", Title: lang.L("IMEI/MEID"), Width: 150, Mono: true, Sortable: true, Text: func(d Device) string { return d.IMEI }},
//		{ID: "status", Title: lang.L("STATUS"), Width: 110, Sortable: true,
//			Badge: func(d Device) (string, grid.Look) { return d.Status, grid.Good }},
//	}, grid.Filter{ID: "status", Title: lang.L("Status"), Options: statuses})
//	view.Nothing = grid.State{Title: lang.L("No devices yet"), Button: lang.L("New upload"), OnButton: upload}
//	view.Table.OnOpen = func(d Device) { … }
//	view.Table.OnDelete = func(sel grid.Selection) { … sel.Question, sel.All, sel.IDs, sel.Count() … }
//	view.Table.Actions = func(sel grid.Selection) []*fyne.MenuItem { … }
//
// A [Table] is the rows, header, scroll bars, selection and keys; a [View] puts a search box, filters, a status line and the empty,
// loading and error states around one. A [Source] answers a [Question] (search, sort, filters): [Paged] for a database, by ordered ids
// and rows by id, [Slice] for a small list in memory. [Table.Reload] reads again and keeps selection and place. What the user makes of the
// columns, and the order he chose, is kept in the app's preferences under the table's id: the app needs an id of its own (app.NewWithID).
// Everything of a table and a view runs on Fyne's goroutine; the functions of sources and filters, and the texts of columns, run on
// others.
//
// Keys: arrows, PgUp, PgDn, Home, End move (with Shift they extend the selection, with Ctrl they move without selecting); Space toggles;
// Enter opens; Del deletes; Esc clears; Ctrl+A selects all; Ctrl+C copies, Ctrl+Shift+C with headers; Menu or Shift+F10 shows the row's
// actions, Ctrl+Shift+H the columns' menu; Ctrl+G goes to a row; letters seek in the sorted column. Ctrl is Cmd on macOS. On phones and
// tablets rows follow the finger, a tap selects, a second one opens, and a long one shows the actions.
package grid
