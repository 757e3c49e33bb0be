package literal

// plan has the grams that the literals of the embedded rules are searched by, and their
// buckets. They are chosen and dealt in advance: a start leaves less time, which makes for
// a worse choice. Literals that have none of these grams get others.
var plan = func() map[gram]dealt {
	plan := make(map[gram]dealt, len(planTable)/planRow)
	for row := planTable; row != ""; row = row[planRow:] {
		var to dealt
		for w := range to {
			to[w] = row[gramSize+w] - 'a'
		}
		plan[gramAt([]byte(row[:gramSize]), 0)] = to
	}
	return plan
}()

// planRow is how many bytes of planTable a gram takes: its own, and one for each of its
// buckets, from 'a'.
const planRow = gramSize + int(ways)
