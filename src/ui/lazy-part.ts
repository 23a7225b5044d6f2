import { type ComponentType, createElement, lazy } from "react";
import { PartMissing } from "./parts/boundary.tsx";

/** A component that is fetched when it is first drawn, or before that when `preload` is called. */
export type LazyPart<Props extends object> = ComponentType<Props> & { readonly preload: () => Promise<unknown> };

/**
 * Builds a component that is fetched when it is first drawn. One that cannot be fetched throws `PartMissing`, and is asked
 * for once however often it is drawn: what is kept about it is outside of React, which forgets the state of a component
 * that was never shown. One that is there already is drawn as it is: React shows what stands in for a lazy one for 300 ms.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  let ready: ComponentType<Props> | null = null;
  const preload = async () => {
    ready = await load();
    return { default: ready };
  };
  const create = () => {
    const created = lazy(async () => {
      try {
        return await preload();
      } catch {
        throw new PartMissing(() => {
          // Another root on the page may have asked anew before, and what it has now stays as it is.
          if (current === created) current = create();
        });
      }
    });
    return created;
  };
  let current = create();
  return Object.assign((props: Props) => createElement<Props>(ready ?? current, props), { preload });
}
