// what the stock script of such portals tells its pages; the guid is the product's default
var siteInfo = {
	"siteGuid": "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a",
	"projectName": "/EWB-FRONT",
	"webVersion": "5.0",
	"vname": ""
};
function setfont(size) { document.getElementById("infoContentM").style.fontSize = size + "px"; }
function linkToNew(guid, category) {
	var row = window.event.currentTarget.parentNode, date = row.lastChild.textContent.replace(/\D/g, "");
	var folders = [];
	for (var end = 6; end <= category.length; end += 3) { folders.push(category.slice(0, end)); }
	window.open("/xxgk/" + folders.join("/") + "/" + date + "/" + guid + ".html");
}
