// Checks PDF files against the PDF/A form that they claim, with veraPDF. Run by Rhino, the JavaScript engine among
// veraPDF's own libraries, so that no compiler is needed: a line of JSON for each file.
var Foundry = org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
var Foundries = org.verapdf.pdfa.Foundries;
java.util.logging.LogManager.getLogManager().reset();
Foundry.initialise();

function checked(name) {
    var parser = Foundries.defaultInstance().createParser(new java.io.FileInputStream(name));
    try {
        var flavour = parser.getFlavour(), found = [];
        var result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
        for (var each = result.getTestAssertions().iterator(); each.hasNext();) {
            var assertion = each.next(), rule = assertion.getRuleId();
            if (String(assertion.getStatus()) === "failed") {
                found.push(rule.getClause() + "-" + rule.getTestNumber() + " " + assertion.getMessage());
            }
        }
        return {file: name, form: String(flavour.getId()), complies: Boolean(result.isCompliant()), failed: found.map(String)};
    } finally {
        parser.close();
    }
}

for (var i = 0; i < arguments.length; i++) {
    print(JSON.stringify(checked(String(arguments[i]))));
}
