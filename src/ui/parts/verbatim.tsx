/** Renders a number, an address or a code that keeps its order inside right-to-left text and is not translated. */
export function Verbatim({ children, className }: { readonly children: string; readonly className?: string }) {
  return (
    <bdi dir="ltr" translate="no" className={className}>
      {children}
    </bdi>
  );
}
