/* asks where the visitor is, and says so beside the warning */
fetch("/api/where").then(function (r) { return r.json(); }).then(function (w) {
	document.getElementById("where").append(" You seem to be in " + w.city + ", " + w.country + ".");
}).catch(function () {});
