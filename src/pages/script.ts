/**
 * The script of our pages, in browsers' own language: it shows the buttons that copy the address of a feed. Where the clipboard can't
 * be written to, such as without TLS, the address stays selected for whoever copies it by hand.
 */
export const script = `for (const button of document.querySelectorAll("button[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const status = button.nextElementSibling;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = button.dataset.copied;
      setTimeout(() => (status.textContent = ""), 3000);
    } catch {
      field.focus();
    }
  });
}
`;
