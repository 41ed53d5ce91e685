"""No hyperparameter is here."""

learning_rate = 0.1


def train():
    return learning_rate * 2
