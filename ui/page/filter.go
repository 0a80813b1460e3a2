package page

import (
	"context"
	"strconv"

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

// TextFilter is a filter over texts that the register reads: models, tags, order numbers.
func TextFilter(id, title string, read func(context.Context) ([]string, error)) grid.Filter {
	return grid.Filter{
		ID: id, Title: title,
		Options: func(ctx context.Context) ([]grid.Option, error) {
			texts, err := read(ctx)
			if err != nil {
				return nil, err
			}
			options := make([]grid.Option, len(texts))
			for i, t := range texts {
				options[i] = grid.Option{Value: t, Text: t}
			}
			return options, nil
		},
	}
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
