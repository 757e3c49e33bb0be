package extract

// rabbitDenial reads RabbitMQ, whose older versions leave out the action:
//
//	ACTION access to queue 'RESOURCE' in vhost '…' refused for user '…'
//	ACTION access to topic '…' in exchange 'RESOURCE' in vhost '…' refused for user '…'
//
// A topic is the key of one message: what a user has rights to is the exchange.
func rabbitDenial(text []byte) (d denial, ok bool) {
	const mark = "access to "
	end := index(text, " in vhost '")
	if end < 0 {
		return d, false
	}
	start := lastOf(text[:end], mark)
	if start < 0 {
		return d, false
	}
	object := text[start+len(mark) : end]
	if hasPrefix(object, "topic ") {
		object = after(object, " in ")
	}
	kind := word(object)
	d.resource = quoted(object[skipSpace(object, len(kind)):])
	switch action := identifierBefore(text, backSpace(text, start)); view(action) {
	case "read", "write", "configure":
		d.action = action
	}
	return d, d.resource != nil
}

// natsDenial reads the log of a NATS server:
//
//	ACTION Violation - User "…", Subject "RESOURCE"
func natsDenial(text []byte) (d denial, ok bool) {
	at := index(text, " Violation - ")
	if at < 0 {
		return d, false
	}
	d.action = identifierBefore(text, at)
	d.resource = quoted(after(text[at:], ", Subject "))
	return d, d.action != nil && d.resource != nil
}
