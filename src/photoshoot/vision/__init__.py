"""Pictures go in, what they show comes out: models that several roles look with.

``image_classes`` gives ImageNet's classes and kinds of things, ``printed_text`` reads what is printed on a product,
``pretrained`` loads models that look and write, from folders in the hub's layout.

START HERE: ``image_classes``.
"""
