package sqlite

import "modernc.org/libc"

// The allocator under SQLite (modernc.org/memory) returns a page to the system as soon as nothing on it is in use, and takes
// it again for the next allocation of that size. SQLite frees what it takes for each row, so that a row cost several system calls:
// a sixth of an upload's time. One allocation of every size that is never freed keeps a page of each: about 1 MB.
func init() {
	const smallest, largest = 16, 32 << 10
	tls := libc.NewTLS()
	for size := libc.Tsize_t(smallest); size <= largest; size *= 2 {
		libc.Xmalloc(tls, size)
	}
}
