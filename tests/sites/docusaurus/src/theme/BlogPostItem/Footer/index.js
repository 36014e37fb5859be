// Tags and the words before them are not in the language of the post.
export default function Footer() {
  return null;
}
