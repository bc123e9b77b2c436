/** The field that people do not see: who fills it in is a program. */
export const DECOY_FIELD = 'homepage';

/** The HTML of a form, to be pasted into a page. `publicUrl`: as pages reach it, up to `/forms`. */
export function formSnippet({ key, publicUrl }: { readonly key: string; readonly publicUrl: string }): string {
  const address = `${publicUrl.replace(/\/+$/, '')}/forms/${encodeURIComponent(key)}`;
  const id = `casewright-${key}`;
  return SNIPPET.replaceAll('ID', () => attribute(id))
    .replaceAll('DECOY', () => attribute(DECOY_FIELD))
    .replaceAll('ADDRESS_TEXT', () => scriptText(address))
    .replaceAll('ADDRESS', () => attribute(address));
}

function attribute(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);
}

/** As a text of JavaScript that ends neither the element nor begins a comment. */
function scriptText(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const SNIPPET = `<form id="ID" action="ADDRESS" method="post">
  <p><label>Name <input name="name" maxlength="200" autocomplete="name"></label></p>
  <p><label>Email <input name="email" type="email" maxlength="320" required autocomplete="email"></label></p>
  <p><label>Subject <input name="subject" maxlength="200" required></label></p>
  <p><label>Message <textarea name="text" rows="6" required></textarea></label></p>
  <p hidden aria-hidden="true"><label>Leave this empty <input name="DECOY" tabindex="-1" autocomplete="off"></label></p>
  <p><button>Send</button> <output></output></p>
</form>
<script>
(() => {
  const address = ADDRESS_TEXT;
  const form = document.currentScript.previousElementSibling;
  const output = form.querySelector('output');
  const ask = async () => (await (await fetch(address + '/token')).json()).token;
  let token = ask();
  token.catch(() => undefined);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    output.textContent = 'Sending …';
    try {
      const fields = Object.fromEntries(new FormData(form));
      const body = JSON.stringify({ ...fields, token: await token.catch(() => (token = ask())) });
      const answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      if (answer.ok) {
        form.reset();
        output.textContent = 'Thank you. We have received your message.';
        token = ask();
        token.catch(() => undefined);
      } else {
        const problem = await answer.json();
        output.textContent = problem.errors?.[0]?.detail ?? problem.detail ?? problem.title;
        if (problem.code === 'form-token') {
          token = ask();
          token.catch(() => undefined);
        }
      }
    } catch {
      output.textContent = 'This could not be sent. Please try again.';
    }
  });
})();
</script>
`;
