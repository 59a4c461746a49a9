"""The page that says where our pictures come from, with places for their names."""

LICENCES = """# Where the pictures come from

## pictograms.svg

Most pictograms were designed by [OpenMoji](https://openmoji.org/), the open-source emoji and icon
project. Licence: [CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/).

Changed by us: the pictures were collected into one file, each under a name of our own, and their
coordinates were rounded. The file as a whole stays under CC BY-SA 4.0.

From OpenMoji: {openmoji}.

Drawn for this project in the same manner, also under CC BY-SA 4.0: {drawn}.

## guides.svg

Drawn for this project, under the MIT licence: signs as phones show them, and what to press.

## icons.svg

From [Tabler Icons](https://tabler.io/icons), under the MIT licence.
Changed by us: the icons were collected into one file, each under a name of our own.

Icons: {tabler}.

> MIT License
>
> Copyright (c) 2020-2026 Paweł Kuna
>
> Permission is hereby granted, free of charge, to any person obtaining a copy
> of this software and associated documentation files (the "Software"), to deal
> in the Software without restriction, including without limitation the rights
> to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
> copies of the Software, and to permit persons to whom the Software is
> furnished to do so, subject to the following conditions:
>
> The above copyright notice and this permission notice shall be included in all
> copies or substantial portions of the Software.
>
> THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
> IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
> FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
> AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
> LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
> OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
> SOFTWARE.
"""
