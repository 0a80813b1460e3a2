package page

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/model"
	"consign/ui/grid"
)

// The filters of list pages: the keys of Place.Filters and of grid.Question.Filters. The values are the model's own
// (a status, a model name, …), an account or upload id in digits, Yes, or a span of days (see Span).
const (
	FilterStatus   = "status"
	FilterCustomer = "customer" // account id; model.NoCustomer for devices without one
	FilterReseller = "reseller" // account id
	FilterUpload   = "upload"   // upload id
	FilterModel    = "model"
	FilterOrder    = "order"
	FilterTag      = "tag"
	FilterTime     = "time" // a span of days
	FilterWaiting  = "waiting"
	FilterKind     = "kind"
	FilterCountry  = "country"
	FilterType     = "type"
)

// Yes is the value of a filter that is either on or off.
const Yes = "yes"

// IDValue is an id as the value of a filter.
func IDValue(id int64) string { return strconv.FormatInt(id, 10) }

// ReadID is the id in the value of a filter, 0 for none.
func ReadID(value string) int64 {
	id, _ := strconv.ParseInt(value, 10, 64)
	return id
}

// ChoiceFilter is a filter over a fixed set of the model's words.
func ChoiceFilter[T ~string](id, title string, choices []T, says func(T) string) grid.Filter {
	return grid.Filter{
		ID: id, Title: title,
		Text: func(value string) string { return says(T(value)) },
		Options: func(context.Context) ([]grid.Option, error) {
			options := make([]grid.Option, len(choices))
			for i, c := range choices {
				options[i] = grid.Option{Value: string(c), Text: says(c)}
			}
			return options, nil
		},
	}
}

// A filter over texts offers so many in its menu, and a search over all of them.
const textsOffered = 20

// TextFilter is a filter over texts that the register reads: models, tags, order numbers.
func TextFilter(d Desk, id, title string, read func(context.Context) ([]string, error)) grid.Filter {
	return grid.Filter{
		ID: id, Title: title, Text: func(value string) string { return value },
		Options: func(ctx context.Context) ([]grid.Option, error) {
			texts, err := read(ctx)
			if err != nil {
				return nil, err
			}
			var options []grid.Option
			for _, t := range texts[:min(textsOffered, len(texts))] {
				options = append(options, grid.Option{Value: t, Text: t})
			}
			if len(texts) > textsOffered {
				options = append(options, grid.Option{Text: lang.L("Search…"), Ask: func(then func(string)) { askText(d, id, title, texts, then) }})
			}
			return options, nil
		},
	}
}

// askText lets one of many texts be chosen. The place of a text in the list is its id.
func askText(d Desk, id, title string, texts []string, then func(string)) {
	places := make([]int, len(texts))
	for i := range places {
		places[i] = i
	}
	Choose(d, Choice[int]{
		Title: title, Name: "filter." + id, Button: lang.L("Show"),
		Columns: []grid.Column[int]{{ID: "text", Title: strings.ToUpper(title), Width: 430, Text: func(i int) string { return texts[i] }}},
		Rows:    func(context.Context) ([]int, error) { return places, nil },
		ID:      func(i int) int64 { return int64(i) },
		Then:    func(i int) { then(texts[i]) },
	})
}

// ModelFilter narrows a list of devices to a model, or to those without one.
func ModelFilter(d Desk, view model.View) grid.Filter {
	devices := d.Register().Devices()
	f := TextFilter(d, FilterModel, lang.L("Model"), func(ctx context.Context) ([]string, error) { return devices.Models(ctx, view) })
	models := f.Options
	f.Text = func(value string) string {
		if value == model.NoModel {
			return lang.L("No model")
		}
		return value
	}
	f.Options = func(ctx context.Context) ([]grid.Option, error) {
		options, err := models(ctx)
		return append(options, grid.Option{Value: model.NoModel, Text: f.Text(model.NoModel)}), err
	}
	return f
}

// YesFilter is a filter that is on or off.
func YesFilter(id, title, yes string) grid.Filter {
	return grid.Filter{
		ID: id, Title: title,
		Text:    func(string) string { return yes },
		Options: func(context.Context) ([]grid.Option, error) { return []grid.Option{{Value: Yes, Text: yes}}, nil },
	}
}

// Sorts hands the order that a table asks for to a query of the model.
func Sorts(q grid.Question) []model.Sort {
	sorts := make([]model.Sort, len(q.Sort))
	for i, key := range q.Sort {
		sorts[i] = model.Sort{Column: key.Column, Descending: key.Descending}
	}
	return sorts
}

// Word is a word of the model (a status, a kind, a management type) in the user's language.
func Word(w interface{ String() string }) string { return lang.L(w.String()) }
