package evidence

// Verify sets the model's own code to the limits in which published or closed-form results
// are known, and compares. It takes a few seconds.
func Verify() ([]Check, error) {
	c := new(checks)
	verifyOpinions(c)
	if err := verifyInstitutions(c); err != nil {
		return nil, err
	}
	verifyNetworks(c)
	verifyReferences(c)
	return c.list, nil
}
