package extract

// errorCode returns the code that the text names, "" if it names none.
//
// A service's own code, as an SDK quotes it, goes before the class that carries
// it. Numbers of databases and directories go before names, because a name is
// often the client library's and the number the server's.
func errorCode(s source) string {
	return s.first(sdkCodes, serviceCodes, clientCodes, wrappedCodes, databaseCodes, loginCodes, namedCodes)
}
