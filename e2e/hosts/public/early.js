// Sets the options before the file with the element has come, as a page may.
document.getElementById("early").options = { siteName: "Larkmoor Savings", defaultEmail: "early@mail.example" };
