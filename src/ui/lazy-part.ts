import { type ComponentType, createElement, useEffect, useState } from "react";
import { PartMissing } from "./parts/boundary.tsx";
import { Loading } from "./parts/loading.tsx";

/** A component that is fetched when it is first drawn, or before that when `preload` is called. */
export type LazyPart<Props extends object> = ComponentType<Props> & { readonly preload: () => Promise<unknown> };

/**
 * Builds a component that is fetched when it is first drawn. One that cannot be fetched throws `PartMissing`, and is asked
 * for once however often it is drawn: what is kept about it is outside of React, which forgets the state of a component
 * that failed. It does without `lazy`, because React shows what stands in for that for 300 ms, however soon it is there.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  let ready: ComponentType<Props> | null = null;
  let isMissing = false;
  let asked: Promise<void> | null = null;

  const preload = async () => {
    ready = await load();
  };
  const ask = () => {
    asked ??= preload().catch(() => {
      isMissing = true;
    });
    return asked;
  };
  const askAnew = (failed: Promise<void> | null) => {
    // Another root on the page may have asked anew before, and what it has now stays as it is.
    if (asked !== failed) return;
    asked = null;
    isMissing = false;
  };

  function Part(props: Props) {
    const isReady = ready !== null;
    const [, drawAgain] = useState({});
    useEffect(() => {
      if (isReady) return;
      let isDrawn = true;
      void ask().then(() => isDrawn && drawAgain({}));
      return () => {
        isDrawn = false;
      };
    }, [isReady]);
    if (ready !== null) return createElement<Props>(ready, props);
    if (!isMissing) return createElement(Loading);
    const failed = asked;
    throw new PartMissing(() => askAnew(failed));
  }
  return Object.assign(Part, { preload });
}
