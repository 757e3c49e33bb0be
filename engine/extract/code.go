package extract

import "strings"

// errorCode returns the code that the text names, "" if it names none.
//
// A service's own code, as an SDK quotes it, goes before the class that carries
// it. Numbers of databases and directories go before names, because a name is
// often the client library's and the number the server's.
func errorCode(s source) string {
	if code := s.first(sdkCodes, serviceCodes, clientCodes, wrappedCodes, databaseCodes, loginCodes, nestedCodes, numberCodes); code != "" {
		return code
	}
	return s.firstThat(isCode, namedCodes)
}

// isCode tells whether the name of a class says what happened. The class of a
// service's client says only where: AmazonEC2Exception, AWSKMSException,
// botocore's ClientError.
func isCode(name string) bool {
	return !strings.HasPrefix(name, "Amazon") && !strings.HasPrefix(name, "AWS") && name != "ClientError"
}
