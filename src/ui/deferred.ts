import type { Commands } from "./commands.ts";
import type { Engine } from "./engine.ts";

/** Describes an engine that may still be on its way. */
export type Deferred = {
  /** Starts fetching it, if nothing has yet, lets it attend to the page once it is there, and returns what ends that. */
  readonly prepare: () => () => void;
  /** Tells whether it is there. */
  readonly isReady: () => boolean;
  /** Uses it as soon as it is there; at once when it is. */
  readonly use: (act: (engine: Engine) => void) => void;
  /** The engine's commands. One that is given early is carried out late, in the order given. */
  readonly commands: Commands;
};

/**
 * Builds the place of an engine that is fetched once. `onMissing` is told true when something was wanted of it and it could
 * not be fetched, and false when it was; fetching is then tried again with the next use.
 */
export function createDeferred(load: () => Promise<Engine>, onMissing: (isMissing: boolean) => void): Deferred {
  let engine: Engine | null = null;
  let loading: Promise<Engine> | null = null;
  let isAttended = false;
  let stop: (() => void) | undefined;

  const attend = () => {
    if (isAttended) stop ??= engine?.attend();
  };

  const fetched = () => {
    loading ??= load().then(
      (loaded) => {
        engine = loaded;
        attend();
        return loaded;
      },
      (failure: unknown) => {
        loading = null;
        throw failure;
      },
    );
    return loading;
  };

  const use = (act: (ready: Engine) => void) => {
    if (engine !== null) return act(engine);
    void fetched().then(
      (ready) => {
        onMissing(false);
        act(ready);
      },
      () => onMissing(true),
    );
  };

  const prepare = () => {
    isAttended = true;
    attend();
    fetched().catch(() => {});
    return () => {
      isAttended = false;
      stop?.();
      stop = undefined;
    };
  };

  return { prepare, isReady: () => engine !== null, use, commands: lateCommands(use) };
}

/**
 * Stands in for the commands under their own names. The overload is there because no type sees through a Proxy; written
 * out, two dozen names would be fetched with the first screen.
 */
function lateCommands(use: Deferred["use"]): Commands;
function lateCommands(use: Deferred["use"]): object {
  return new Proxy(
    {},
    {
      get:
        (_target, name) =>
        (...given: readonly unknown[]) =>
          use(({ commands }) => {
            if (isCommand(commands, name)) void Reflect.apply(commands[name], undefined, given);
          }),
    },
  );
}

function isCommand(commands: Commands, name: PropertyKey): name is keyof Commands {
  return name in commands;
}
