package page

import (
	"fyne.io/fyne/v2/widget"

	"consign/model"
)

// Services chooses Knox services.
type Services struct{ widget.CheckGroup }

// NewServices is a choice of Knox services in which those of chosen are ticked.
func NewServices(chosen []model.Service) *Services {
	s := &Services{}
	for _, service := range model.Services {
		s.Options = append(s.Options, Word(service))
	}
	for _, service := range chosen {
		s.Selected = append(s.Selected, Word(service))
	}
	s.ExtendBaseWidget(s)
	return s
}

// Chosen is the ticked services in their order on screen.
func (s *Services) Chosen() []model.Service {
	var chosen []model.Service
	for _, service := range model.Services {
		for _, name := range s.Selected {
			if name == Word(service) {
				chosen = append(chosen, service)
			}
		}
	}
	return chosen
}
