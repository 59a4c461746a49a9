"""The pictures that stand beside words: one idea, one picture, one word in each language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """One pictogram: its name in plan files and in the sprite, where it comes from, its words.

    `source` is the name of the OpenMoji picture; one that starts with "drawn-" is our own.
    """

    name: str
    source: str
    en: str
    fr: str


GENERAL = "task"

_TABLE = (
    # What every plan may need.
    Picture(GENERAL, "memo", "task", "tâche"),
    Picture("goal", "bullseye", "goal", "but"),
    Picture("done", "check-mark-button", "done", "fait"),
    Picture("list", "clipboard", "list", "liste"),
    Picture("calendar", "spiral-calendar", "calendar", "calendrier"),
    Picture("clock", "three-oclock", "clock", "horloge"),
    Picture("warning", "warning", "warning", "attention"),
    Picture("help", "drawn-help", "help", "aide"),
    Picture("eye", "eye", "look", "regard"),
    Picture("hand", "hand-with-fingers-splayed", "hand", "main"),
    Picture("speak", "speaking-head", "talk", "parole"),
    Picture("numbers", "input-numbers", "numbers", "numéros"),
    Picture("found", "magnifying-glass-tilted-left", "found item", "objet trouvé"),
    # People and how they feel.
    Picture("person", "bust-in-silhouette", "person", "personne"),
    Picture("group", "busts-in-silhouette", "group", "groupe"),
    Picture("team", "collaboration", "team", "équipe"),
    Picture("coach", "drawn-coach", "coach", "coach"),
    Picture("mentor", "drawn-mentor", "helper at work", "aide au travail"),
    Picture("employer", "drawn-employer", "employer", "employeur"),
    Picture("smile", "slightly-smiling-face", "smile", "sourire"),
    Picture("calm", "relieved-face", "calm", "calme"),
    Picture("face-very-good", "grinning-face", "very good", "très bien"),
    Picture("face-middle", "neutral-face", "in the middle", "moyen"),
    Picture("face-bad", "slightly-frowning-face", "bad", "mal"),
    Picture("face-very-bad", "anguished-face", "very bad", "très mal"),
    # Home, body, meals.
    Picture("home", "house", "home", "maison"),
    Picture("sleep", "person-in-bed", "sleep", "sommeil"),
    Picture("wake-up", "alarm-clock", "wake-up", "réveil"),
    Picture("shower", "shower", "shower", "douche"),
    Picture("hands-wash", "wash-hands", "hand washing", "lavage des mains"),
    Picture("breakfast", "bread", "breakfast", "repas du matin"),
    Picture("meal", "fork-and-knife-with-plate", "meal", "repas"),
    Picture("coffee", "hot-beverage", "coffee", "café"),
    Picture("water", "potable-water", "water", "eau"),
    Picture("break", "cafeteria", "break", "pause"),
    # Clothes and safety.
    Picture("clothes", "t-shirt", "clothes", "vêtements"),
    Picture("shoes", "mans-shoe", "shoes", "chaussures"),
    Picture("apron", "drawn-apron", "apron", "tablier"),
    Picture("badge", "identification-card", "badge", "badge"),
    Picture("gloves", "medical-gloves", "gloves", "gants"),
    Picture("vest", "safety-vest", "safety vest", "gilet de sécurité"),
    Picture("umbrella", "umbrella", "umbrella", "parapluie"),
    Picture("headphones", "headphone", "headphones", "écouteurs"),
    Picture("first-aid", "first-aid-kit", "first aid kit", "trousse de secours"),
    Picture("exit", "emergency-exit-door", "exit", "sortie"),
    # On the way.
    Picture("walk", "person-walking", "walk", "marche"),
    Picture("bus", "bus", "bus", "bus"),
    Picture("train", "train", "train", "train"),
    Picture("car", "automobile", "car", "voiture"),
    Picture("bike", "bicycle", "bike", "vélo"),
    # Places of work.
    Picture("work", "briefcase", "work", "travail"),
    Picture("shop", "convenience-store", "shop", "magasin"),
    Picture("kitchen", "cooking", "kitchen", "cuisine"),
    Picture("office", "office-building", "office", "bureau"),
    Picture("warehouse", "drawn-warehouse", "warehouse", "entrepôt"),
    Picture("garden", "deciduous-tree", "garden", "jardin"),
    Picture("library", "books", "library", "bibliothèque"),
    Picture("hotel", "hotel", "hotel", "hôtel"),
    # In a building.
    Picture("door", "door", "door", "porte"),
    Picture("window", "window", "window", "fenêtre"),
    Picture("stairs", "stairway", "stairs", "escalier"),
    Picture("lift", "elevator", "lift", "ascenseur"),
    Picture("bathroom", "bathtub", "bathroom", "salle de bain"),
    Picture("toilet", "toilet", "toilet", "toilettes"),
    Picture("key", "key", "key", "clé"),
    Picture("lock", "locked", "padlock", "cadenas"),
    # Cleaning and rooms.
    Picture("cleaning", "disinfect-surface", "cleaning", "nettoyage"),
    Picture("broom", "broom", "broom", "balai"),
    Picture("mop", "drawn-mop", "mop", "lavage du sol"),
    Picture("bucket", "bucket", "bucket", "seau"),
    Picture("sponge", "sponge", "sponge", "éponge"),
    Picture("spray", "sanitizer-spray", "spray", "vaporisateur"),
    Picture("spill", "pouring-liquid", "spill", "liquide renversé"),
    Picture("bin", "wastebasket", "bin", "poubelle"),
    Picture("paper", "roll-of-paper", "paper roll", "rouleau de papier"),
    Picture("towel", "drawn-towel", "towel", "serviette"),
    Picture("bed", "bed", "bed", "lit"),
    Picture("pillow", "drawn-pillow", "pillow", "oreiller"),
    # Shop and store room.
    Picture("shelf", "drawn-shelf", "shelf", "étagère"),
    Picture("cart", "shopping-cart", "cart", "chariot"),
    Picture("basket", "basket", "basket", "panier"),
    Picture("box", "package", "box", "boîte"),
    Picture("pallet", "drawn-pallet", "pallet", "palette"),
    Picture("ladder", "ladder", "ladder", "échelle"),
    Picture("label", "label", "label", "étiquette"),
    Picture("barcode", "barcode", "barcode", "code-barres"),
    Picture("money", "coin", "money", "argent"),
    # Kitchen.
    Picture("fridge", "drawn-fridge", "fridge", "frigo"),
    Picture("knife", "kitchen-knife", "knife", "couteau"),
    Picture("pot", "drawn-pot", "pot", "casserole"),
    Picture("dishes", "drawn-dishes", "dishes", "vaisselle"),
    # Desk.
    Picture("book", "closed-book", "book", "livre"),
    Picture("pencil", "pencil", "pencil", "crayon"),
    Picture("phone", "mobile-phone", "phone", "téléphone"),
    Picture("photo", "camera", "photo", "photo"),
    Picture("computer", "laptop", "computer", "ordinateur"),
    Picture("email", "envelope", "e-mail", "message"),
    Picture("send", "incoming-envelope", "send", "envoi"),
    Picture("printer", "printer", "printer", "imprimante"),
    # Garden.
    Picture("plant", "potted-plant", "plant", "plante"),
    Picture("watering", "drawn-watering", "watering", "arrosage"),
    Picture("lawn-mower", "lawn-mower", "lawn mower", "tondeuse"),
    Picture("wheelbarrow", "wheelbarrow", "wheelbarrow", "brouette"),
)

PICTURES: dict[str, Picture] = {picture.name: picture for picture in _TABLE}


def is_known(name: str) -> bool:
    """Say if a picture has this name."""
    return name in PICTURES


def find(name: str | None) -> Picture:
    """Give the picture with this name; the general one if there is no such picture."""
    return PICTURES.get(name or GENERAL, PICTURES[GENERAL])
