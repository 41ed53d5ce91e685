from hpman.hpm import HyperParameterManager

__all__: tuple[str, ...] = ()

def __getattr__(placeholder: str) -> HyperParameterManager: ...
