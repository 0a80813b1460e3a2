package engine

import "sync"

// Listeners are functions that hear of something; the zero value has none. Its methods are safe on any goroutine.
type Listeners[T any] struct {
	mu   sync.Mutex
	next int
	all  map[int]func(T)
}

// Add has f called by every Tell, until cancel is called.
func (l *Listeners[T]) Add(f func(T)) (cancel func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all == nil {
		l.all = map[int]func(T){}
	}
	id := l.next
	l.next++
	l.all[id] = f
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.all, id)
	}
}

// Tell calls every listener without holding the lock, so that a listener may add or cancel.
func (l *Listeners[T]) Tell(what T) {
	l.mu.Lock()
	all := make([]func(T), 0, len(l.all))
	for _, f := range l.all {
		all = append(all, f)
	}
	l.mu.Unlock()
	for _, f := range all {
		f(what)
	}
}
